-- ARGV: new id, durability
local id = redis.call('HGET', headKey, 'id')
if id then
  redis.call('HSET', headKey, 'durability', ARGV[2])
  return {'ok', id}
end
if redis.call('EXISTS', contentKey, stateKey, readyKey, heldKey, laterKey, deadKey, lettersKey) > 0 then
  return {'gone'}
end
redis.call('HSET', headKey, 'id', ARGV[1], 'durability', ARGV[2], 'count', 0, 'turn', 0, 'hands', 0, 'deaths', 0)
return {'ok', ARGV[1]}
