-- ARGV: id, group
local found = redis.call('HMGET', headKey, 'id', 'groups')
if found[1] ~= ARGV[1] or redis.call('HLEN', positionsKey) ~= tonumber(found[2]) then
  return {'gone'}
end
local noted = redis.call('HGET', positionsKey, ARGV[2])
if noted then
  return {'ok', noted}
end
return {'none'}
