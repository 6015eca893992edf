from decimal import ROUND_HALF_EVEN, Decimal


def main():
    x = Decimal(1000000)
    rate, one = Decimal("0.0035"), Decimal(1)
    limit, back = Decimal(1000000000), Decimal(999000000)
    for _ in range(2000000):
        if x > limit:
            x -= back
        else:
            x += (x * rate).quantize(one, ROUND_HALF_EVEN)
    return x


print(main())
