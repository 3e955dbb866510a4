/* What it ends with: the terminator of the unwind table. 32-bit ARM has another kind of table. */
#if !defined(__arm__)
  .section .eh_frame,"a",%progbits
  .p2align 2
  .long 0
#endif
  .section .note.GNU-stack,"",%progbits
