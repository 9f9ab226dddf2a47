-- ARGV: new id, retention, time kept in ms, durability, now in ms
local found = redis.call('HMGET', headKey, 'id', 'retention', 'keep', 'largest')
if found[1] then
  if found[2] == ARGV[2] and found[3] == ARGV[3] then
    redis.call('HSET', headKey, 'durability', ARGV[4])
  end
  return {'ok', found[1], found[2], found[3]}
end
if redis.call('EXISTS', base, latestKey, erasedKey, timesKey, positionsKey, claimsKey) > 0 then
  return {'gone'}
end
redis.call('XGROUP', 'CREATE', base, 'none', '$', 'MKSTREAM')
redis.call('XGROUP', 'DESTROY', base, 'none')
redis.call('HSET', headKey, 'id', ARGV[1], 'retention', ARGV[2], 'keep', ARGV[3], 'durability', ARGV[4],
  'epoch', 0, 'number', 0, 'start', 0, 'compacted', 0, 'next', 0, 'last', ARGV[5], 'marked', ARGV[5],
  'largest', 0, 'beats', 0, 'groups', 0)
return {'ok', ARGV[1], ARGV[2], ARGV[3]}
