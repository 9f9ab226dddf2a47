-- ARGV: id, cursor; whoever is there from the first page to the last is in one of them
local broken = wrong(ARGV[1])
if broken then
  return broken
end
local page = redis.call('HSCAN', contentKey, ARGV[2], 'COUNT', 10)
return {'ok', page[1], page[2]}
