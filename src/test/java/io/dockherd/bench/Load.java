package io.dockherd.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One request again and again over some connections for a while.
 *
 * @param perSecond answers a second
 * @param p50Micros the median time to an answer
 * @param p99Micros the time 99 of 100 answers come within
 */
record Load(double perSecond, double p50Micros, double p99Micros) {
  /** How to connect. */
  interface Connect {
    Line open() throws IOException;
  }

  static Load run(Connect connect, int connections, long millis, String path, String body)
      throws InterruptedException, ExecutionException {
    String method = body.isEmpty() ? "GET" : "POST";
    long end = System.nanoTime() + millis * 1_000_000;
    long begin = System.nanoTime();
    List<Callable<long[]>> work = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      work.add(() -> times(connect, method, path, body, end));
    }
    long[] all;
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<long[]> each = new ArrayList<>();
      for (Future<long[]> times : threads.invokeAll(work)) {
        each.add(times.get());
      }
      all = each.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Load(all.length / seconds, at(all, 0.5), at(all, 0.99));
  }

  private static long[] times(Connect connect, String method, String path, String body, long end)
      throws IOException {
    long[] times = new long[1024];
    int count = 0;
    try (Line line = connect.open()) {
      for (long before = System.nanoTime(); before < end; ) {
        line.call(method, path, body);
        long after = System.nanoTime();
        if (count == times.length) {
          times = Arrays.copyOf(times, 2 * count);
        }
        times[count++] = after - before;
        before = after;
      }
    }
    return Arrays.copyOf(times, count);
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.round(sorted.length * share))] / 1e3;
  }
}
