-- ARGV: id, epoch, time
local found = redis.call('HMGET', headKey, 'id', 'epoch', 'next')
if found[1] == ARGV[1] and found[2] == ARGV[2] then
  redis.call('HINCRBY', headKey, 'beats', 1)
  redis.call('HSET', headKey, 'beatEpoch', ARGV[2], 'beatTime', ARGV[3], 'beatEnd', found[3])
  ring()
end
return {'ok'}
