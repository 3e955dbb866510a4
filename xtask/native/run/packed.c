/* Packed relocations (DT_ANDROID_REL, DT_ANDROID_RELA), which bionic applies since API 23 and glibc does not know: a list of
   signed LEB128 numbers in groups that leave out what their members share. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__aarch64__)
enum { RELATIVE = R_AARCH64_RELATIVE, SLOT = R_AARCH64_GLOB_DAT, ADDRESS = R_AARCH64_ABS64 };
#elif defined(__arm__)
enum { RELATIVE = R_ARM_RELATIVE, SLOT = R_ARM_GLOB_DAT, ADDRESS = R_ARM_ABS32 };
#elif defined(__x86_64__)
enum { RELATIVE = R_X86_64_RELATIVE, SLOT = R_X86_64_GLOB_DAT, ADDRESS = R_X86_64_64 };
#else
enum { RELATIVE = R_386_RELATIVE, SLOT = R_386_GLOB_DAT, ADDRESS = R_386_32 };
#endif

#if __SIZEOF_POINTER__ == 8
#define SYMBOL ELF64_R_SYM
#define TYPE ELF64_R_TYPE
enum { PACKED = 0x60000011, PACKED_SIZE, IN_PLACE = 0 };
#else
#define SYMBOL ELF32_R_SYM
#define TYPE ELF32_R_TYPE
enum { PACKED = 0x6000000f, PACKED_SIZE, IN_PLACE = 1 };
#endif

enum { SAME_INFO = 1, SAME_DISTANCE = 2, SAME_ADDEND = 4, HAS_ADDEND = 8 };

static intptr_t number(const unsigned char **at) {
  uintptr_t value = 0;
  unsigned shift = 0;
  unsigned char byte;
  do {
    byte = *(*at)++;
    value |= (uintptr_t)(byte & 127) << shift;
    shift += 7;
  } while (byte & 128);
  if (byte & 64 && shift < 8 * sizeof value) value |= ~(uintptr_t)0 << shift;
  return (intptr_t)value;
}

struct loaded {
  void *handle;
  uintptr_t base;
  const ElfW(Sym) *symbols;
  const char *names;
};

/* What stands wrong, or nothing. */
static const char *relocate(const struct loaded *it, uintptr_t offset, uintptr_t info, intptr_t addend) {
  uintptr_t *place = (uintptr_t *)(it->base + offset), value = it->base;
  if (TYPE(info) != RELATIVE) {
    if (TYPE(info) != SLOT && TYPE(info) != ADDRESS) return "a relocation of an unknown type";
    const ElfW(Sym) *symbol = &it->symbols[SYMBOL(info)];
    const char *name = it->names + symbol->st_name;
    value = symbol->st_shndx ? it->base + symbol->st_value : (uintptr_t)dlsym(it->handle, name);
    if (!value && ELF64_ST_BIND(symbol->st_info) != STB_WEAK) return name;
  }
  *place = value + (IN_PLACE && TYPE(info) != SLOT ? *place : (uintptr_t)addend);
  return NULL;
}

/* Makes what is read-only after relocation writable, or not. */
static int protect(struct dl_phdr_info *part, size_t size, void *wanted) {
  (void)size;
  const uintptr_t *base_and_mode = wanted;
  if (part->dlpi_addr != base_and_mode[0]) return 0;
  uintptr_t page = sysconf(_SC_PAGESIZE);
  for (int at = 0; at < part->dlpi_phnum; at++) {
    const ElfW(Phdr) *header = &part->dlpi_phdr[at];
    if (header->p_type != PT_GNU_RELRO) continue;
    uintptr_t start = (part->dlpi_addr + header->p_vaddr) & -page;
    uintptr_t end = (part->dlpi_addr + header->p_vaddr + header->p_memsz) & -page;
    return mprotect((void *)start, end - start, (int)base_and_mode[1]) ? -1 : 1;
  }
  return 1;
}

/* Applies them to a library that was just loaded and has not run; what is wrong, or nothing. */
const char *apply_packed_relocations(void *handle) {
  struct link_map *map;
  if (dlinfo(handle, RTLD_DI_LINKMAP, &map)) return dlerror();
  struct loaded it = {.handle = handle, .base = map->l_addr};
  uintptr_t packed = 0, size = 0;
  /* Some of these glibc has made addresses. */
#define AT(value) ((value) < it.base ? it.base + (value) : (value))
  for (const ElfW(Dyn) *entry = map->l_ld; entry->d_tag != DT_NULL; entry++) {
    if (entry->d_tag == PACKED) packed = it.base + entry->d_un.d_ptr;
    if (entry->d_tag == PACKED_SIZE) size = entry->d_un.d_val;
    if (entry->d_tag == DT_SYMTAB) it.symbols = (const void *)AT(entry->d_un.d_ptr);
    if (entry->d_tag == DT_STRTAB) it.names = (const void *)AT(entry->d_un.d_ptr);
    if (entry->d_tag == DT_INIT || entry->d_tag == DT_INIT_ARRAY) return "code that ran before it was relocated";
  }
  const unsigned char *at = (const unsigned char *)packed;
  if (!packed || size < 4 || memcmp(at, "APS2", 4)) return "no packed relocations";
  uintptr_t mode[2] = {it.base, PROT_READ | PROT_WRITE};
  if (dl_iterate_phdr(protect, mode) != 1) return "nothing could be made writable";
  at += 4;
  intptr_t left = number(&at), addend = 0;
  uintptr_t offset = number(&at);
  while (left > 0) {
    intptr_t members = number(&at), flags = number(&at);
    intptr_t distance = flags & SAME_DISTANCE ? number(&at) : 0, info = flags & SAME_INFO ? number(&at) : 0;
    if (!(flags & HAS_ADDEND)) addend = 0;
    else if (flags & SAME_ADDEND) addend += number(&at);
    left -= members;
    for (; members > 0; members--) {
      offset += flags & SAME_DISTANCE ? distance : number(&at);
      if (!(flags & SAME_INFO)) info = number(&at);
      if (flags & HAS_ADDEND && !(flags & SAME_ADDEND)) addend += number(&at);
      const char *wrong = relocate(&it, offset, info, addend);
      if (wrong) return wrong;
    }
  }
  if (at > (const unsigned char *)packed + size) return "packed relocations that end too late";
  mode[1] = PROT_READ;
  return dl_iterate_phdr(protect, mode) == 1 ? NULL : "nothing could be made read-only again";
}
