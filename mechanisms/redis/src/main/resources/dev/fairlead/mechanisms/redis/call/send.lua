-- ARGV: for each letter its address, how long it is kept in ms, and itself
local place = string.match(base, '^(.*):calls$')
for i = 1, #ARGV, 3 do
  local key = box(ARGV[i])
  redis.call('XADD', key, '*', 'letter', ARGV[i + 2])
  redis.call('PEXPIRE', key, ARGV[i + 1], 'NX')
  redis.call('PEXPIRE', key, ARGV[i + 1], 'GT')
  redis.call('PUBLISH', place .. ':hints', 'calls:' .. ARGV[i])
end
return {'ok'}
