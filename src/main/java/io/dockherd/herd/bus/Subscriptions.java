package io.dockherd.herd.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Which addresses have consumers at one member, each consumer by its number there. Not safe for
 * several threads.
 *
 * <pre>{"dockherd":[0],"dockherd.host-1":[1],"4f0c…":[17,31]}</pre>
 */
final class Subscriptions {
  private static final long[] NONE = {};

  /** Arrays, not sets: there may be thousands of addresses and nearly all have one consumer. */
  private final Map<String, long[]> byAddress = new HashMap<>();

  /** Whether it was not there before. */
  boolean add(String address, long consumer) {
    long[] before = at(address);
    if (contains(before, consumer)) {
      return false;
    }
    long[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = consumer;
    byAddress.put(address, after);
    return true;
  }

  /** Whether it was there. */
  boolean remove(String address, long consumer) {
    long[] before = at(address);
    if (!contains(before, consumer)) {
      return false;
    }
    long[] after = LongStream.of(before).filter(number -> number != consumer).toArray();
    if (after.length == 0) {
      byAddress.remove(address);
    } else {
      byAddress.put(address, after);
    }
    return true;
  }

  /** The consumers at an address; not to be changed. */
  long[] at(String address) {
    return byAddress.getOrDefault(address, NONE);
  }

  Set<String> addresses() {
    return Set.copyOf(byAddress.keySet());
  }

  /** The same for the same subscriptions, in whatever order they came. */
  long digest() {
    long digest = 0;
    for (Map.Entry<String, long[]> entry : byAddress.entrySet()) {
      for (long consumer : entry.getValue()) {
        digest += mixed(hash(entry.getKey()) ^ mixed(consumer + 1));
      }
    }
    return digest;
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    byAddress.forEach((address, consumers) -> json.put(address, numbers(consumers)));
    return json;
  }

  static Subscriptions of(JsonObject json) {
    Subscriptions subscriptions = new Subscriptions();
    for (String address : json.fieldNames()) {
      JsonArray numbers = json.getJsonArray(address);
      for (int i = 0; i < numbers.size(); i++) {
        subscriptions.add(address, numbers.getLong(i));
      }
    }
    return subscriptions;
  }

  private static JsonArray numbers(long[] consumers) {
    JsonArray numbers = new JsonArray();
    LongStream.of(consumers).forEach(numbers::add);
    return numbers;
  }

  private static boolean contains(long[] consumers, long consumer) {
    return LongStream.of(consumers).anyMatch(number -> number == consumer);
  }

  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** Spreads the bits, so that sums of hashes don't cancel each other. */
  private static long mixed(long bits) {
    long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
