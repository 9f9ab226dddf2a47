-- ARGV: id, client, number, number known to be there, number of the letter, reason, now
local broken = wrong(ARGV[1])
if broken then
  return broken
end
local done = before(ARGV[2], ARGV[3], ARGV[4])
if done == 'older' then
  return {'older'}
elseif done then
  return {'ok'}
end
local message = redis.call('ZRANGEBYSCORE', deadKey, ARGV[5], ARGV[5])[1]
if not message then
  return {'missing'}
end
drop(message, stateOf(message))
redis.call('LPUSH', dismissalsKey, ARGV[5] .. ' ' .. ARGV[7] .. ' ' .. ARGV[6])
redis.call('LTRIM', dismissalsKey, 0, 999)
redis.call('HSET', clientsKey, ARGV[2], ARGV[3] .. ' ')
return {'ok'}
