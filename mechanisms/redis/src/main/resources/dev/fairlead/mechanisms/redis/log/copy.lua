-- Copies a page, and puts the copy in the stream's place when it is complete.
-- ARGV: id, epoch or nothing, token, key to erase or nothing, offset below which it is erased, offset below which superseded records go
local found = redis.call('HMGET', headKey, 'id', 'epoch', 'owner', 'copy', 'copied', 'copyCount', 'start', 'compacted', 'copyDone', 'next')
if found[1] ~= ARGV[1] or redis.call('EXISTS', base) == 0 then
  return {'gone'}
end
if ARGV[2] ~= '' and found[2] ~= ARGV[2] then
  return {'fenced', found[3], found[2]}
end
if found[9] == ARGV[3] then
  return {'ok', 1, found[6]}
end
if found[4] ~= ARGV[3] then
  return {'taken'}
end
local from, count = math.max(tonumber(found[5]), tonumber(found[7])), tonumber(found[6])
-- What other programs added last is not in the index yet.
local below, superseded = tonumber(ARGV[5]), math.min(tonumber(ARGV[6]), tonumber(found[10]))
local anyErased = redis.call('EXISTS', erasedKey) == 1
local bytes, entries, complete = 0, 0, false
while bytes < 4194304 and entries < 1000 do
  local page = redis.call('XRANGE', base, id(from), '+', 'COUNT', 20)
  for _, entry in ipairs(page) do
    local offset, key = offsetOf(entry), field(entry, 'key')
    local kept = not (anyErased and redis.call('ZSCORE', erasedKey, text(offset)))
    if ARGV[4] ~= '' and offset < below and key == ARGV[4] then
      redis.call('ZADD', erasedKey, text(offset), text(offset))
      count = count + 1
      kept = false
    elseif kept and offset < superseded and key then
      kept = redis.call('HGET', latestKey, key) == text(offset)
    end
    if kept then
      redis.call('XADD', copyKey, entry[1], unpack(entry[2]))
      for _, word in ipairs(entry[2]) do
        bytes = bytes + #word
      end
    end
    entries = entries + 1
    from = offset + 1
  end
  if #page < 20 then
    complete = true
    break
  end
end
redis.call('HSET', headKey, 'copied', text(from), 'copyCount', text(count))
if not complete then
  return {'ok', 0, text(count)}
end

if redis.call('EXISTS', copyKey) == 0 then
  redis.call('XGROUP', 'CREATE', copyKey, 'none', '$', 'MKSTREAM')
  redis.call('XGROUP', 'DESTROY', copyKey, 'none')
end
local finish = realEnd(0)
if finish and finish > 0 then
  redis.call('XSETID', copyKey, id(finish - 1))
end
redis.call('XTRIM', copyKey, 'MINID', '=', id(tonumber(found[7])))
redis.call('RENAME', base, base .. ':old')
redis.call('RENAME', copyKey, base)
redis.call('UNLINK', base .. ':old')
redis.call('HDEL', headKey, 'copy', 'copied')
redis.call('HSET', headKey, 'copyDone', ARGV[3])
if superseded > tonumber(found[8]) then
  redis.call('HSET', headKey, 'compacted', text(superseded))
end
if superseded > 0 then
  redis.call('ZREMRANGEBYSCORE', erasedKey, '-inf', '(' .. text(superseded))
end
return {'ok', 1, text(count)}
