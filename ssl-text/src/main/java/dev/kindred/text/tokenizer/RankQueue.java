package dev.kindred.text.tokenizer;

import java.util.Arrays;

/** A binary heap of {@code (rank, position)}, the lowest rank first, then the lowest position. */
final class RankQueue {
  private long[] heap;
  private int size;

  RankQueue(int capacity) {
    heap = new long[Math.max(1, capacity)];
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(int rank, int position) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    rise(size++, (long) rank << Integer.SIZE | position);
  }

  /** Takes the first: rank in the upper half, position in the lower. */
  long poll() {
    long first = heap[0];
    sink(heap[--size]);
    return first;
  }

  private void rise(int from, long entry) {
    int at = from;
    for (int parent = (at - 1) / 2; at > 0 && heap[parent] > entry; parent = (at - 1) / 2) {
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
  }

  private void sink(long entry) {
    int at = 0;
    for (int child = least(1); child < size && heap[child] < entry; child = least(2 * at + 1)) {
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = entry;
  }

  private int least(int left) {
    return left + 1 < size && heap[left + 1] < heap[left] ? left + 1 : left;
  }
}
