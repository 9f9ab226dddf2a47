-- What a transaction of these commands answers; a server whose memory is full takes no transaction.
-- ARGV: first offset, most records; then the fields of the head
local fields = {}
for i = 3, #ARGV do
  table.insert(fields, ARGV[i])
end
return {
  redis.call('HMGET', headKey, unpack(fields)),
  redis.call('EXISTS', base),
  redis.call('XRANGE', base, '1-' .. ARGV[1], '1-18446744073709551615', 'COUNT', ARGV[2]),
  redis.call('XRANGE', base, '2-0', '+', 'COUNT', 1),
  redis.call('ZRANGEBYSCORE', erasedKey, ARGV[1], '+inf', 'LIMIT', 0, ARGV[2]),
}
