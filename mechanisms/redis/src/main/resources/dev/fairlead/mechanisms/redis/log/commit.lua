-- ARGV: id, group, position
local found = redis.call('HMGET', headKey, 'id', 'groups')
if found[1] ~= ARGV[1] or redis.call('HLEN', positionsKey) ~= tonumber(found[2]) then
  return {'gone'}
end
local noted = redis.call('HGET', positionsKey, ARGV[2])
if noted and tonumber(noted) > tonumber(ARGV[3]) then
  return {'higher', noted}
end
if not noted then
  redis.call('HINCRBY', headKey, 'groups', 1)
end
redis.call('HSET', positionsKey, ARGV[2], ARGV[3])
return {'ok'}
