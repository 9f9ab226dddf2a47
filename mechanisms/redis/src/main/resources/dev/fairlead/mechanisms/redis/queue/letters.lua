-- ARGV: id, number after which they begin, most, most bytes
local broken = wrong(ARGV[1])
if broken then
  return broken
end
local found, bytes = {'ok'}, 0
local messages = redis.call('ZRANGEBYSCORE', deadKey, '(' .. ARGV[2], '+inf', 'LIMIT', 0, tonumber(ARGV[3]))
for _, message in ipairs(messages) do
  bytes = bytes + redis.call('HSTRLEN', contentKey, message)
  if #found > 1 and bytes > tonumber(ARGV[4]) then
    break
  end
  local state = stateOf(message)
  table.insert(found, state.due)
  table.insert(found, state.attempts)
  table.insert(found, redis.call('HGET', lettersKey, message))
  table.insert(found, redis.call('HGET', contentKey, message))
end
return found
