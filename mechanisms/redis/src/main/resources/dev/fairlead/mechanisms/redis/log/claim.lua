-- ARGV: id, owner, token
local found = redis.call('HMGET', headKey, 'id', 'next', 'retention', 'durability')
if found[1] ~= ARGV[1] or redis.call('EXISTS', base) == 0 then
  return {'gone'}
end
local next, last = catchUp(tonumber(found[2]), found[3] == 'latest')
if not next then
  return {'foreign', last}
end
local epoch = redis.call('HINCRBY', headKey, 'epoch', 1)
redis.call('HSET', headKey, 'owner', ARGV[2], 'token', ARGV[3], 'number', 0, 'first', 0, 'next', text(next))
redis.call('HSET', claimsKey, epoch, ARGV[3] .. ' ' .. text(next))
redis.call('HDEL', claimsKey, epoch - 1000)
return {'ok', epoch, text(next), found[4]}
