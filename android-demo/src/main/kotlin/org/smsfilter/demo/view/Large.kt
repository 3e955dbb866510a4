package org.smsfilter.demo.view

import android.content.Context

/** Whether the text is so large that a table has to become sentences. */
val Context.isLargeText: Boolean get() = resources.configuration.fontScale > 1.3f
