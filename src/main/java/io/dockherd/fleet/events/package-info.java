/**
 * What happens in the whole herd, as one stream in time order. Each node keeps a {@link
 * io.dockherd.fleet.events.EngineJournal} of its own engine; {@link
 * io.dockherd.fleet.events.HerdFeed} merges those of all present nodes while somebody follows.
 */
package io.dockherd.fleet.events;
