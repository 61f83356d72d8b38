import gmpy2

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.krawczyk import krawczyk_image
from bounds.certify.checker.precision import Precision, exact

AT = Precision(100)


def span(low, high):
    return Interval.enclosing(AT, gmpy2.mpq(low), gmpy2.mpq(high))


def residual(point):  # zero at (1, 2, 3) and elsewhere
    x, y, z = point
    return [x * y - 2, y * z - 6, x + y + z - 6]


def jacobian(box):
    x, y, z = box
    one = x * 0 + 1
    return [[y, x, x * 0], [x * 0, z, y], [one, one, one]]


def test_the_image_of_a_good_box_holds_the_root_and_lies_inside():
    box = [span("99/100", "101/100"), span("199/100", "201/100"), span("299/100", "301/100")]
    image = krawczyk_image(residual, jacobian, box)
    for part, root, side in zip(image, (1, 2, 3), box, strict=True):
        assert part.within(exact(side.lo), exact(side.hi))
        assert exact(part.lo) <= root <= exact(part.hi)
        assert part.high - part.low < side.high - side.low
    again = krawczyk_image(residual, jacobian, image)
    for part, side in zip(again, image, strict=True):
        assert part.high - part.low < side.high - side.low


def test_the_image_of_a_box_without_a_root_leaves_it():
    box = [span("105/100", "106/100"), span("199/100", "201/100"), span("299/100", "301/100")]
    image = krawczyk_image(residual, jacobian, box)
    sides = [(exact(side.lo), exact(side.hi)) for side in box]
    assert not all(p.strictly_within(*side) for p, side in zip(image, sides, strict=True))


def test_of_a_linear_system_the_image_is_its_zero():
    """Wherever the box lies: c − A(F(c)) is the zero where A is the inverse."""
    box = [span("1", "3"), span("-5", "2")]
    third = gmpy2.mpq(1, 3)

    def linear(point):
        x, y = point
        return [2 * x - 3 * y - 1, x + 3 * y]

    def slopes(box):
        zero = box[0] * 0
        return [[zero + 2, zero - 3], [zero + 1, zero + 3]]

    image = krawczyk_image(linear, slopes, box)
    for part, root in zip(image, (third, -third * third), strict=True):
        assert abs(exact(part.middle.lo) - root) < gmpy2.mpq(1, 2**80)
        assert exact(part.lo) <= root <= exact(part.hi)
