-- ARGV: id, epoch, number of the last append tried, end that the writer knows
-- An append that is still under way finds its number used, and does nothing.
local found = redis.call('HMGET', headKey, 'id', 'epoch', 'number', 'next', 'owner', 'first')
if found[1] ~= ARGV[1] or redis.call('EXISTS', base) == 0 then
  return {'gone'}
end
local epoch, mine = tonumber(found[2]), tonumber(ARGV[2])
if epoch > mine then
  return {'fenced', found[5], found[2]}
end
if epoch < mine or tonumber(found[4]) < tonumber(ARGV[4]) then
  return {'older', found[4]}
end
if tonumber(found[3]) < tonumber(ARGV[3]) then
  redis.call('HSET', headKey, 'number', ARGV[3])
end
return {'ok', found[4], found[3], found[6]}
