/**
 * Who looks after apps: the steward of an app compares what it is to be with what nodes tell, and
 * has them do what is missing. The way in is {@link io.dockherd.apps.stewards.Steward}; what is to
 * be done says {@link io.dockherd.apps.planning}.
 */
package io.dockherd.apps.stewards;
