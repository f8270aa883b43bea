/**
 * The actions over the event bus: an address for the herd, for each node and for each container,
 * the heartbeats the seed's followers know, and the herd's events. Way in: {@link
 * io.dockherd.doors.actions.bus.ActionsBus}.
 */
package io.dockherd.doors.actions.bus;
