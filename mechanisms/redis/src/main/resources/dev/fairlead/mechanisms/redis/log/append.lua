-- ARGV: id, epoch, number, end that the writer knows, now in ms, ms between marks of time or 0, 1 when keyed, size of the largest;
-- then for each entry how many words there are of other fields, key, header and data, and these other fields with their values
local found = redis.call('HMGET', headKey, 'id', 'epoch', 'number', 'next', 'owner', 'first', 'last', 'marked', 'largest')
if found[1] ~= ARGV[1] or redis.call('EXISTS', base) == 0 then
  return {'gone'}
end
local epoch, mine = tonumber(found[2]), tonumber(ARGV[2])
if epoch > mine then
  return {'fenced', found[5], found[2]}
end
local number, wanted = tonumber(found[3]), tonumber(ARGV[3])
if epoch < mine or number + 1 < wanted or tonumber(found[4]) < tonumber(ARGV[4]) then
  return {'older', found[4]}
end
if number >= wanted then
  return {'ok', found[6], found[9]}
end

local at = 9
-- Each word costs, here and on the way: so the names of what all entries have are not among them.
local function add(offset)
  return redis.pcall('XADD', base, id(offset), 'key', ARGV[at + 1], 'header', ARGV[at + 2], 'data', ARGV[at + 3],
    unpack(ARGV, at + 4, at + 3 + tonumber(ARGV[at])))
end
local function failed(reply)
  return type(reply) == 'table' and reply.err
end

local first = tonumber(found[4])
local reply = add(first)
if failed(reply) then
  local last
  first, last = catchUp(first, ARGV[7] == '1')
  if not first then
    return {'foreign', last}
  end
  reply = add(first)
end
local next = first
while true do
  if failed(reply) then
    return redis.error_reply(reply.err)
  end
  if ARGV[7] == '1' then
    redis.call('HSET', latestKey, ARGV[at + 1], text(next))
  end
  next = next + 1
  at = at + 4 + tonumber(ARGV[at])
  if at > #ARGV then
    break
  end
  reply = add(next)
end

local now, last, marked = tonumber(ARGV[5]), tonumber(found[7]), tonumber(found[8])
if ARGV[6] ~= '0' and now - marked >= tonumber(ARGV[6]) then
  -- Everything below the first was written then or before.
  redis.call('ZADD', timesKey, text(last), text(first))
  marked = now
end
local largest = text(math.max(tonumber(found[9]), tonumber(ARGV[8])))
redis.call('HSET', headKey, 'number', ARGV[3], 'first', text(first), 'next', text(next),
  'last', text(math.max(now, last)), 'marked', text(marked), 'largest', largest)
ring()
return {'ok', text(first), largest}
