/**
 * What is to be done so that an app becomes what it is to be. The way in is {@link
 * io.dockherd.apps.planning.Planner}. Pure: values in, steps out; time and chance are handed in.
 */
package io.dockherd.apps.planning;
