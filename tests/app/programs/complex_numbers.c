// SPDX-License-Identifier: MIT
// <complex.h> in C: the three types, and what C11 makes them of.
#include <complex.h>
#include <math.h>
#include <stdio.h>

int main(void)
{
	volatile double x = -1, y = 0.5;
	double complex z = CMPLX(x, y);
	float complex single = CMPLXF(x, -0.0f);
	long double complex longest = CMPLXL(x, 0);

	printf("%.15g %.15g %.15g %.15g\n", creal(csqrt(z)), cimag(csqrt(z)), creal(cexp(z)), cimag(cpow(z, z)));
	printf("%.6g %.6g %d\n", crealf(clogf(single)), cimagf(csqrtf(single)), signbit(cimagf(single)) != 0);
	printf("%.17Lg %.17Lg %.17Lg\n", creall(clogl(longest)), cimagl(clogl(longest)), cimagl(csqrtl(longest)));
	printf("%.17Lg %.17Lg\n", cabsl(longest * 3), cimagl(cpowl(longest, y)));
	printf("%.17Lg %.17Lg\n", creall(conjl(longest)), creall(cprojl(longest)));
	/* Zeros with a sign, infinities: C11 annex G. */
	z = csqrt(CMPLX(x, -0.0));
	printf("%g %g\n", creal(z), cimag(z));
	z = csqrt(CMPLX(x * NAN, INFINITY));
	printf("%g %g\n", creal(z), cimag(z));
	z = cexp(CMPLX(x * INFINITY, NAN));
	printf("%g %g\n", fabs(creal(z)), fabs(cimag(z)));
	z = ctanh(CMPLX(INFINITY, y));
	printf("%g %g\n", creal(z), cimag(z));
	z = csinh(CMPLX(0.0, -0.0 * y));
	printf("%g %g\n", creal(z), cimag(z));
	return 0;
}
