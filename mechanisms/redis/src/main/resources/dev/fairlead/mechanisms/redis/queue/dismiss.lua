-- ARGV: id, number, reason, now
local broken = wrong(ARGV[1])
if broken then
  return broken
end
local message = redis.call('ZRANGEBYSCORE', deadKey, ARGV[2], ARGV[2])[1]
if not message then
  return {'missing'}
end
drop(message, stateOf(message))
redis.call('LPUSH', dismissalsKey, ARGV[2] .. ' ' .. ARGV[4] .. ' ' .. ARGV[3])
redis.call('LTRIM', dismissalsKey, 0, 999)
return {'ok'}
