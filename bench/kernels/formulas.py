def f(x, y):
    return (x * 31 + y) % 65521


def main():
    x = 1
    for i in range(1, 2000001):
        x = f(x, f(i, x))
    return x


print(main())
