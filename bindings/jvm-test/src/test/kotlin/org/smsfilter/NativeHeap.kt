package org.smsfilter

import com.sun.jna.Library
import com.sun.jna.Native
import com.sun.jna.NativeLong
import com.sun.jna.Structure

/**
 * What this process holds of memory that `malloc` gave, by the statistics of glibc (2.33 or later): the bytes in use of all
 * arenas and of what is mapped alone. Unlike the resident size it does not move with Java's heap, compiled code or fragments.
 */
object NativeHeap {
    /**
     * Growth that is noise: Java's own compilers and collectors use `malloc` too. One leaked long for each of eight million calls, or
     * one image for each of a thousand swaps, would be several times as much.
     */
    const val TOLERANCE: Long = 4 shl 20

    private val c by lazy { Native.load("c", C::class.java) }

    /** Of as many readings the least counts: six seconds of them, for HotSpot keeps what its compilers have done with for up to five. */
    private const val READINGS = 12

    /**
     * Bytes in use, after garbage collections. What Java's compilers hold comes and goes, so only more is ever read than is
     * kept; what was lost is in every reading.
     */
    fun bytes(): Long = (1..READINGS).minOf {
        System.gc()
        Thread.sleep(500)
        with(c.mallinfo2()) { uordblks.toLong() + hblkhd.toLong() }
    }

    interface C : Library {
        fun mallinfo2(): Statistics
    }

    @Structure.FieldOrder(
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
    )
    class Statistics : Structure(), Structure.ByValue {
        @JvmField var arena = NativeLong()
        @JvmField var ordblks = NativeLong()
        @JvmField var smblks = NativeLong()
        @JvmField var hblks = NativeLong()
        @JvmField var hblkhd = NativeLong()
        @JvmField var usmblks = NativeLong()
        @JvmField var fsmblks = NativeLong()
        @JvmField var uordblks = NativeLong()
        @JvmField var fordblks = NativeLong()
        @JvmField var keepcost = NativeLong()
    }
}
