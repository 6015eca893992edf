local n = 0
for i = 1, 1000000 do
  if "kota " .. (i % 2 == 0 and "genap" or "ganjil") .. " uji" == "kota genap uji" then n = n + 1 end
end
print(string.format("%.0f", n))
