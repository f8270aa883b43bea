package io.dockherd.herd.discovery.stores;

import java.util.List;

/**
 * What a directory holds at one moment.
 *
 * @param values as they are in the store, whoever wrote them
 * @param mark the store's own count of changes at that moment; 0 where it has none
 */
public record Listing(List<String> values, long mark) {
  public Listing {
    values = List.copyOf(values);
  }
}
