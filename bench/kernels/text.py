def main():
    n = 0
    for i in range(1, 1000001):
        if "kota " + ("genap" if i % 2 == 0 else "ganjil") + " uji" == "kota genap uji":
            n += 1
    return n


print(main())
