local found = redis.call('HMGET', headKey, 'id', 'retention', 'keep')
if not found[1] then
  return {'undefined'}
end
return {'ok', found[1], found[2], found[3]}
