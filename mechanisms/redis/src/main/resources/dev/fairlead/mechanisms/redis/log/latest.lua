-- ARGV: id, key
local found = redis.call('HMGET', headKey, 'id', 'retention', 'next')
if found[1] ~= ARGV[1] or redis.call('EXISTS', base) == 0 then
  return {'gone'}
end
if found[2] ~= 'latest' then
  return {'plain'}
end
local next = tonumber(found[3])
if next > 0 and redis.call('EXISTS', latestKey) == 0 then
  return {'gone'}
end
-- What another program added is not in the index until the next append.
local till = '+'
while true do
  local newest = redis.call('XREVRANGE', base, till, id(next), 'COUNT', 100)
  for _, entry in ipairs(newest) do
    if field(entry, 'key') == ARGV[2] then
      return {'ok', entry}
    end
  end
  if #newest < 100 then
    break
  end
  till = '(' .. newest[#newest][1]
end
local offset = redis.call('HGET', latestKey, ARGV[2])
if not offset then
  return {'none'}
end
local entries = redis.call('XRANGE', base, '1-' .. offset, '1-' .. offset)
if #entries == 0 then
  return {'lost', offset}
end
return {'ok', entries[1]}
