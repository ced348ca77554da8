// SPDX-License-Identifier: MIT
// Real and complex functions of long double: as many digits as neither library has rounded differently, and more than a double has.
#include <cmath>
#include <complex>
#include <cstdio>

using Complex = std::complex<long double>;

static void show(const char* name, Complex number)
{
    std::printf("%s %.17Lg %.17Lg\n", name, number.real(), number.imag());
}

static void show(const char* name, long double number)
{
    std::printf("%s %.18Lg\n", name, number);
}

// Those that both kinds of numbers have.
template <typename Number> static void common_functions(Number a)
{
    show("exp", std::exp(a));
    show("log", std::log(a));
    show("sqrt", std::sqrt(a));
    show("sin", std::sin(a));
    show("cos", std::cos(a));
    show("tan", std::tan(a));
    show("asin", std::asin(a));
    show("acos", std::acos(a));
    show("atan", std::atan(a));
    show("sinh", std::sinh(a));
    show("cosh", std::cosh(a));
    show("tanh", std::tanh(a));
}

static void complex_functions(Complex a, Complex b)
{
    common_functions(a);
    show("pow", std::pow(a, b));
    show("asinh", std::asinh(a));
    show("acosh", std::acosh(a));
    show("atanh", std::atanh(a));
    show("abs", std::abs(a));
    show("arg", std::arg(a));
}

static void real_functions(long double x, long double y)
{
    common_functions(x);
    show("atan2", std::atan2(x, y));
    show("exp2", std::exp2(x));
    show("expm1", std::expm1(x));
    show("log2", std::log2(y));
    show("log10", std::log10(x));
    show("log1p", std::log1p(x));
    show("pow", std::pow(y, x));
    show("cbrt", std::cbrt(y));
    show("hypot", std::hypot(x, y));
    show("ceil", std::ceil(y));
    show("floor", std::floor(y));
    show("fmod", std::fmod(y, x));
    show("ldexp", std::ldexp(x, 5));
    show("erf", std::erf(x));
    show("tgamma", std::tgamma(y));
    show("lgamma", std::lgamma(y));
    int exponent;
    long double whole;
    show("frexp", std::frexp(y, &exponent));
    show("modf", std::modf(y, &whole));
}

int main()
{
    volatile long double x = 0.37L, y = 2.1L; // computed when it runs
    complex_functions(Complex(x + 0.33L, 0.8L - y), Complex(2.25L, x + 0.13L));
    real_functions(x, y);
    return 0;
}
