-- Begins a copy of the stream without what is to go. ARGV: id, epoch or nothing, token, key and offset below which it is erased or nothing
local found = redis.call('HMGET', headKey, 'id', 'epoch', 'owner', 'start', 'retention')
if found[1] ~= ARGV[1] or redis.call('EXISTS', base) == 0 then
  return {'gone'}
end
if ARGV[2] ~= '' and found[2] ~= ARGV[2] then
  return {'fenced', found[3], found[2]}
end
if ARGV[5] ~= '' then
  local behind = redis.call('XRANGE', base, '1-' .. ARGV[5], '1-' .. ARGV[5])
  if #behind == 0 or field(behind[1], 'key') ~= ARGV[4] or redis.call('ZSCORE', erasedKey, ARGV[5]) then
    return {'missing'}
  end
end
redis.call('UNLINK', copyKey)
redis.call('HSET', headKey, 'copy', ARGV[3], 'copied', found[4], 'copyCount', 0)
return {'ok'}
