# SPDX-License-Identifier: MIT
"""HPC Challenge's kernels that one process runs: DGEMM, STREAM, FFT and RandomAccess, on two threads where they know OpenMP.

They are taken out of HPCC, which wants all of MPI to start: pieces/hpcc_kernels.c calls them, pieces/mpi_of_one_rank.h is their MPI. BLAS
is LAPACK's. Passed: each kernel's own check of its result.
"""
from pathlib import Path

from package import Package, Test, test

BUILD = """
cp $PIECES/mpi_of_one_rank.h mpi.h
flags="-O2 -w -fopenmp -ffunction-sections -DLONG_IS_64BITS -DHPL_CALL_FBLAS -DAdd_ -DF77_INTEGER=int -DStringSunStyle"
cd $SOURCE
for file in $PIECES/hpcc_kernels.c {DGEMM,STREAM,FFT}/onecpu.c DGEMM/tstdgemm.c STREAM/stream.c FFT/{tstfft,bcnrand,fft235,zfft1d,wrapfftw}.c \
    RandomAccess/{,core_}single_cpu{,_lcg}.c RandomAccess/utility.c src/{io,noopt}.c \
    hpl/src/{blas/HPL_dgem[mv],auxil/HPL_dlamch}.c hpl/testing/timer/HPL_timer_cputime.c; do
    $CC $flags -I$TREE -Iinclude -Ihpl/include -IFFT -c $file -o $(echo $file | tr / _).o
done
$FC -O2 -c $SOURCE_lapack/BLAS/SRC/{dgemm,dgemv,lsame,xerbla}.f
$FC -fopenmp -Wl,--gc-sections *.o -lm -o $TREE/hpcc_kernels
"""
SIZES = {"DGEMM": "3000000", "STREAM": "48000000", "FFT": "8000000", "RandomAccess": "8000000", "RandomAccess_LCG": "8000000"}


def tests(_source: Path) -> list[Test]:
    return [test(name, f"OMP_NUM_THREADS=2 $RUN $TREE/hpcc_kernels {name} {size}", f"\n{name} is right\n") for name, size in SIZES.items()]


SUITE = Package("hpcc", "hpcc", "HPC Challenge, kernels of one process", BUILD, tests, also=("lapack",))
