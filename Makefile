# SPDX-License-Identifier: GPL-3.0-or-later
# Builds everything out of tree. `make help` explains the targets.

PROFILE  ?= release
BUILD    ?= build
VERSION  := 0.1.0
PREFIX   ?= /usr/local
DESTDIR  ?=
CC       ?= cc

# ---------------------------------------------------------------- packages (Debian 12)
# What the programs are built from and run with; what only the tests need is in its own list.
PACKAGES_BUILD := gcc libc6-dev pkg-config libglib2.0-dev libncurses-dev libqrencode-dev libsqlite3-dev \
    libcurl4-openssl-dev libcups2-dev libconfig-dev libjansson-dev libmicrohttpd-dev libsodium-dev \
    libpango1.0-dev libcairo2-dev libjpeg62-turbo-dev libpng-dev
PACKAGES_RUN   := fonts-noto-cjk fonts-hanazono
PACKAGES_TEST  := libcmocka-dev libvterm-dev libzbar-dev cups-daemon cups-client cups-ipp-utils \
    cups-filters-core-drivers dbus-daemon poppler-utils dialog
PACKAGES_LINT  := clang-format cppcheck

# ---------------------------------------------------------------- flags
PKGS      := glib-2.0 gio-2.0 gio-unix-2.0 ncursesw libqrencode sqlite3 libcurl libconfig jansson libmicrohttpd \
             libsodium pangocairo libpng libjpeg
PKGS_TEST := cmocka vterm zbar
pkg        = $(shell pkg-config $(1) $(2) 2>/dev/null)
CPPFLAGS  += -D_GNU_SOURCE -DG_LOG_DOMAIN=NULL -DKIOSK_VERSION='"$(VERSION)"' -DKIOSK_DATADIR='"$(PREFIX)/share/graduation-kiosk"' -Isrc -I$(OBJ)
WARN      := -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
             -Wno-missing-field-initializers
ifeq ($(PROFILE),release)
OBJ       := $(BUILD)/release
OPT       := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE
LDOPT     := -pie -Wl,-z,relro,-z,now
BIN       := $(BUILD)
else
OBJ       := $(BUILD)/check
OPT       := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
LDOPT     := -fsanitize=address,undefined
BIN       := $(BUILD)/check/bin
endif
ifdef CI
WARN      += -Werror
endif
ALL_CFLAGS  = -std=gnu17 $(OPT) $(WARN) $(CFLAGS) $(call pkg,--cflags,$(PKGS))
ALL_LIBS    = -Wl,--as-needed $(call pkg,--libs,$(PKGS)) -lcups -lm
ALL_CFLAGS := $(ALL_CFLAGS)
ALL_LIBS   := $(ALL_LIBS)

# ---------------------------------------------------------------- what is built
PROGRAMS := kiosk kiosk-helper platformd
MAINS    := $(PROGRAMS:%=src/%.c)
SOURCES  := $(sort $(wildcard src/*/*.c))
SHELL_SOURCES := $(filter-out $(MAINS),$(wildcard src/*.c))
LIB      := $(OBJ)/libgraduation.a
LIB_OBJS := $(SOURCES:src/%.c=$(OBJ)/%.o) $(SHELL_SOURCES:src/%.c=$(OBJ)/%.o) $(OBJ)/platformd/resources.o
RESOURCE_FILES := $(wildcard forms/tables/*.tsv src/platformd/demo/* src/platformd/pages/*) forms/messages.conf

all: $(PROGRAMS:%=$(BIN)/%)

$(BIN)/%: $(OBJ)/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(LDOPT) $(LDFLAGS) -o $@ $< $(LIB) $(ALL_LIBS)

$(LIB): $(LIB_OBJS)
	@rm -f $@
	ar rcs $@ $^

$(OBJ)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The platform carries its demo people, pages, tables and sentences inside.
$(OBJ)/platformd/resources.c: src/platformd/platformd.gresource.xml $(RESOURCE_FILES)
	@mkdir -p $(@D)
	glib-compile-resources --generate-source --internal --c-name platformd --sourcedir=. --target=$@ $<

$(OBJ)/platformd/resources.o: $(OBJ)/platformd/resources.c
	$(CC) $(CPPFLAGS) -std=gnu17 $(OPT) $(call pkg,--cflags,gio-2.0) -c -o $@ $<

-include $(wildcard $(OBJ)/*.d $(OBJ)/*/*.d)

# ---------------------------------------------------------------- tests
TEST_CFLAGS   = $(ALL_CFLAGS) $(call pkg,--cflags,$(PKGS_TEST)) -Itests
TEST_LIBS     = $(ALL_LIBS) $(call pkg,--libs,$(PKGS_TEST)) -lutil
UNIT_TESTS   := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))

$(OBJ)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(TEST_CFLAGS) -MMD -MP -c -o $@ $<

# What several tests share (tests/*.c): rigs and drivers.
TEST_LIB      := $(OBJ)/tests/libtests.a
TEST_SHARED   := $(patsubst tests/%.c,$(OBJ)/tests/%.o,$(wildcard tests/*.c))

$(TEST_LIB): $(TEST_SHARED)
	@mkdir -p $(@D)
	@rm -f $@
	ar rcs $@ $^

$(OBJ)/tests/test_%: $(OBJ)/tests/unit/test_%.o $(TEST_LIB) $(LIB)
	$(CC) $(LDOPT) -o $@ $< $(TEST_LIB) $(LIB) $(TEST_LIBS)

-include $(wildcard $(OBJ)/tests/*.d $(OBJ)/tests/*/*.d)

unit: $(UNIT_TESTS:%=$(OBJ)/tests/%)

.PHONY: all unit
.SECONDARY:
