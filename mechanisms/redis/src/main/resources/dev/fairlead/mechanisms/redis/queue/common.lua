local base = KEYS[1]
local headKey, contentKey, stateKey = base .. ':head', base .. ':content', base .. ':state'
local readyKey, heldKey, laterKey, deadKey = base .. ':ready', base .. ':held', base .. ':later', base .. ':dead'
local lettersKey, dismissalsKey, clientsKey = base .. ':letters', base .. ':dismissals', base .. ':clients'

local function text(number)
  return string.format('%.0f', number)
end

local function ring()
  local place, name = string.match(base, '^(.*):queue:([^:]+)$')
  redis.call('PUBLISH', place .. ':hints', 'queue:' .. name)
end

-- What is wrong with the queue, or nil.
local function wrong(id)
  local found = redis.call('HMGET', headKey, 'id', 'count')
  if found[1] ~= id then
    return {'gone'}
  end
  local count = tonumber(found[2])
  local placed = redis.call('ZCARD', readyKey) + redis.call('ZCARD', heldKey) + redis.call('ZCARD', laterKey)
    + redis.call('ZCARD', deadKey)
  if redis.call('HLEN', contentKey) ~= count or redis.call('HLEN', stateKey) ~= count or placed ~= count
    or redis.call('HLEN', lettersKey) ~= redis.call('ZCARD', deadKey) then
    return {'gone'}
  end
  return nil
end

-- A message's place (r, h, l or d), hand, attempts, turn, and moment or number of the dead letter.
local function stateOf(message)
  local state = redis.call('HGET', stateKey, message)
  if not state then
    return nil
  end
  local place, hand, attempts, turn, due = string.match(state, '^(%a) (%d+) (%d+) (%d+) (%d+)$')
  return {place = place, hand = hand, attempts = tonumber(attempts), turn = turn, due = due}
end

local function unplace(message, state)
  if state.place == 'r' then
    redis.call('ZREM', readyKey, message)
  elseif state.place == 'h' then
    redis.call('ZREM', heldKey, state.due .. ':' .. message)
  elseif state.place == 'l' then
    redis.call('ZREM', laterKey, state.due .. ':' .. message)
  else
    redis.call('ZREM', deadKey, message)
    redis.call('HDEL', lettersKey, message)
  end
end

local function place(message, place, hand, attempts, turn, due)
  redis.call('HSET', stateKey, message, place .. ' ' .. hand .. ' ' .. text(attempts) .. ' ' .. turn .. ' ' .. due)
  if place == 'r' then
    redis.call('ZADD', readyKey, turn, message)
  elseif place == 'h' then
    redis.call('ZADD', heldKey, 0, due .. ':' .. message)
  elseif place == 'l' then
    redis.call('ZADD', laterKey, 0, due .. ':' .. message)
  else
    redis.call('ZADD', deadKey, due, message)
  end
end

local function drop(message, state)
  unplace(message, state)
  redis.call('HDEL', contentKey, message)
  redis.call('HDEL', stateKey, message)
  redis.call('HINCRBY', headKey, 'count', -1)
end

local function nextTurn()
  return text(redis.call('HINCRBY', headKey, 'turn', 1))
end

-- What a client's batch with the number has to do: 'older' when an earlier one is not there any more, else what it left before, or nil.
local function before(client, number, known)
  local stored = redis.call('HGET', clientsKey, client)
  local last, left = 0, ''
  if stored then
    last, left = string.match(stored, '^(%d+) (%d*)$')
    last = tonumber(last)
  end
  if last < tonumber(known) then
    return 'older'
  end
  if last >= tonumber(number) then
    return left
  end
  return nil
end
