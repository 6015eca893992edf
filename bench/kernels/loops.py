def main():
    x = 0
    for i in range(1, 5000001):
        x = (x * 7 + i) % 1000003
    return x


print(main())
