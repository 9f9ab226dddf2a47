-- ARGV: id, epoch, number of the last append, end that the writer knows, largest record for which this is of use
local found = redis.call('HMGET', headKey, 'id', 'epoch', 'number', 'next', 'last', 'marked', 'largest')
if found[1] ~= ARGV[1] or found[2] ~= ARGV[2] or found[3] ~= ARGV[3] or found[4] ~= ARGV[4] then
  return {'no'}
end
local largest = tonumber(found[7])
if largest > tonumber(ARGV[5]) or redis.call('EXISTS', base) == 0 or realEnd(tonumber(ARGV[4])) ~= tonumber(ARGV[4]) then
  return {'no'}
end
return {'ok', found[5], found[6], found[7]}
