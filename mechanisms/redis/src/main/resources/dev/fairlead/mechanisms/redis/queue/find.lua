local found = redis.call('HMGET', headKey, 'id', 'durability')
if not found[1] then
  return {'undefined'}
end
return {'ok', found[1], found[2]}
