/* SPDX-License-Identifier: MIT */
/*
 * As much of MPI as HPC Challenge's kernels of one process ask for when there is no other: whoever sends everybody's word to everybody
 * copies his own. They are compiled against it as mpi.h.
 */
#ifndef MPI_OF_ONE_RANK_H
#define MPI_OF_ONE_RANK_H

#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef int MPI_Comm, MPI_Op, MPI_Request, MPI_Status;
typedef size_t MPI_Datatype; /* its length in bytes */

enum { MPI_SUCCESS, MPI_MAX_PROCESSOR_NAME = 64 };
enum { MPI_COMM_WORLD, MPI_COMM_SELF };
enum { MPI_MAX, MPI_MIN, MPI_SUM };
#define MPI_INT sizeof(int)
#define MPI_DOUBLE sizeof(double)

static inline int MPI_Comm_size(MPI_Comm comm, int *size)
{
	*size = 1;
	return MPI_SUCCESS;
}

static inline int MPI_Comm_rank(MPI_Comm comm, int *rank)
{
	*rank = 0;
	return MPI_SUCCESS;
}

static inline int MPI_Barrier(MPI_Comm comm)
{
	return MPI_SUCCESS;
}

static inline int MPI_Bcast(void *data, int count, MPI_Datatype type, int root, MPI_Comm comm)
{
	return MPI_SUCCESS;
}

static inline int MPI_Allreduce(const void *from, void *to, int count, MPI_Datatype type, MPI_Op op, MPI_Comm comm)
{
	memcpy(to, from, count * type);
	return MPI_SUCCESS;
}

static inline int MPI_Reduce(const void *from, void *to, int count, MPI_Datatype type, MPI_Op op, int root, MPI_Comm comm)
{
	return MPI_Allreduce(from, to, count, type, op, comm);
}

static inline int MPI_Gather(const void *from, int sent, MPI_Datatype type, void *to, int received, MPI_Datatype other, int root, MPI_Comm comm)
{
	return MPI_Allreduce(from, to, sent, type, MPI_SUM, comm);
}

static inline double MPI_Wtime(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec * 1e-9;
}

static inline double MPI_Wtick(void)
{
	return 1e-9;
}

static inline int MPI_Abort(MPI_Comm comm, int status)
{
	exit(status);
}

#endif
