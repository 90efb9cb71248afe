# SPDX-License-Identifier: GPL-3.0-or-later
# Builds everything out of tree. `make help` explains the targets.

PROFILE  ?= release
BUILD    ?= build
VERSION  := 0.1.0
PREFIX   ?= /usr/local
SYSCONF  ?= /etc
DESTDIR  ?=
CC       ?= cc
JOBS     ?= $(shell nproc)

# ---------------------------------------------------------------- packages (Debian 12)
# What the programs are built from and run with; what only tests and lint need is in lists of its own.
PACKAGES_BUILD := gcc libc6-dev pkg-config libglib2.0-dev libncurses-dev libqrencode-dev libsqlite3-dev \
    libcurl4-openssl-dev libcups2-dev libconfig-dev libjansson-dev libmicrohttpd-dev libsodium-dev \
    libpango1.0-dev libcairo2-dev libfontconfig-dev libharfbuzz-dev libjpeg62-turbo-dev libpng-dev \
    libpinyin15-dev libpinyin-data unicode-data rime-data-stroke bzip2
PACKAGES_RUN   := fonts-noto-cjk fonts-hanazono libpinyin-data
PACKAGES_TEST  := libcmocka-dev libvterm-dev libzbar-dev cups-daemon cups-client cups-ipp-utils \
    cups-filters-core-drivers dbus-daemon poppler-utils libyaml-dev
PACKAGES_LINT  := clang-format cppcheck
# What a target needs on top of building and running: `make check` and `make bench` set test, `make lint` test and lint.
NEEDS          ?=
PACKAGES       := $(PACKAGES_BUILD) $(PACKAGES_RUN) $(if $(filter test,$(NEEDS)),$(PACKAGES_TEST)) \
    $(if $(filter lint,$(NEEDS)),$(PACKAGES_LINT))

# ---------------------------------------------------------------- flags
PKGS      := glib-2.0 gio-2.0 gio-unix-2.0 ncursesw libqrencode sqlite3 libcurl libconfig jansson libmicrohttpd \
             libsodium pangocairo pangofc fontconfig harfbuzz-subset libpng libjpeg libpinyin
PKGS_TEST := cmocka vterm zbar yaml-0.1
PINYIN_DATA := $(shell pkg-config --variable=pkgdatadir libpinyin 2>/dev/null)/data
pkg        = $(shell pkg-config $(1) $(2) 2>/dev/null)
CPPFLAGS  += -D_GNU_SOURCE -DG_LOG_DOMAIN=NULL -DKIOSK_VERSION='"$(VERSION)"' \
             -DKIOSK_DATADIR='"$(PREFIX)/share/graduation-kiosk"' \
             -DPINYIN_DATA='"$(PINYIN_DATA)"' -Isrc -I$(OBJ)
WARN      := -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
             -Wformat=2 -Wno-missing-field-initializers
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
ALL_CFLAGS := -std=gnu17 $(OPT) $(WARN) $(CFLAGS) $(call pkg,--cflags,$(PKGS))
ALL_LIBS   := -Wl,--as-needed $(call pkg,--libs,$(PKGS)) -lcups -lm

# V=1 shows whole commands.
Q    := $(if $(V),,@)
say   = @$(if $(V),:,printf '  %-4s %s\n' $(1))

# ---------------------------------------------------------------- what is built
UNICODE  := /usr/share/unicode
STROKES  := /usr/share/rime-data/stroke.dict.yaml
PROGRAMS := kiosk kiosk-helper kioskctl platformd
TOOLS    := make-rare make-lexicon
MAINS    := $(PROGRAMS:%=src/%.c) $(TOOLS:%=src/%.c)
SOURCES  := $(sort $(wildcard src/*/*.c))
SHELL_SOURCES := $(filter-out $(MAINS),$(wildcard src/*.c))
LIB      := $(OBJ)/libgraduation.a
LIB_OBJS := $(SOURCES:src/%.c=$(OBJ)/%.o) $(SHELL_SOURCES:src/%.c=$(OBJ)/%.o) $(OBJ)/platformd/resources.o \
    $(OBJ)/input/rare_tables.o
RESOURCE_FILES := $(wildcard forms/tables/*.tsv src/platformd/demo/* src/platformd/pages/*) forms/messages.conf

LEXICON_FILES := $(wildcard forms/lexicon.tsv forms/tables/*.tsv src/platformd/demo/plan*.tsv)

all: $(PROGRAMS:%=$(BIN)/%) $(BIN)/lexicon.tsv ## Builds the programs into build/ (the default)

$(BIN)/%: $(OBJ)/%.o $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK $@)
	$(Q)$(CC) $(LDOPT) $(LDFLAGS) -o $@ $< $(LIB) $(ALL_LIBS)

$(LIB): $(LIB_OBJS)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(OBJ)/%.o: src/%.c
	@mkdir -p $(@D)
	$(call say,CC $<)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The platform carries its demo people, pages, tables and sentences inside.
$(OBJ)/platformd/resources.c: src/platformd/platformd.gresource.xml $(RESOURCE_FILES)
	@mkdir -p $(@D)
	$(call say,RES $@)
	$(Q)glib-compile-resources --generate-source --internal --c-name platformd --sourcedir=. --target=$@ $<

$(OBJ)/platformd/resources.o: $(OBJ)/platformd/resources.c
	$(call say,CC $<)
	$(Q)$(CC) $(CPPFLAGS) -std=gnu17 $(OPT) $(call pkg,--cflags,gio-2.0) -c -o $@ $<

# Readings and strokes of hanzi, from packaged data.
UNIHAN   := $(UNICODE)/Unihan_Readings.txt.bz2 $(UNICODE)/Unihan_OtherMappings.txt.bz2

$(OBJ)/make-rare: $(OBJ)/make-rare.o $(OBJ)/input/rare_strokes.o
	$(Q)$(CC) $(LDOPT) $(LDFLAGS) -o $@ $^ $(call pkg,--libs,glib-2.0)

$(OBJ)/input/rare_tables.c: $(OBJ)/make-rare $(STROKES) $(UNIHAN)
	@mkdir -p $(@D)
	$(call say,RARE $@)
	$(Q)bzcat $(UNIHAN) | $< $(STROKES) >$@.new && mv $@.new $@

$(OBJ)/input/rare_tables.o: $(OBJ)/input/rare_tables.c src/input/rare_table.h
	$(call say,CC $<)
	$(Q)$(CC) $(CPPFLAGS) -std=gnu17 -c -o $@ $<

# The words of the domain, as the pinyin engine takes them.
$(OBJ)/make-lexicon: $(OBJ)/make-lexicon.o $(LIB)
	$(Q)$(CC) $(LDOPT) $(LDFLAGS) -o $@ $< $(LIB) $(ALL_LIBS)

$(BIN)/lexicon.tsv: $(OBJ)/make-lexicon $(LEXICON_FILES)
	$(call say,WORD $@)
	$(Q)$< $@ 2>/dev/null

-include $(wildcard $(OBJ)/*.d $(OBJ)/*/*.d)

# ---------------------------------------------------------------- tests
TEST_CFLAGS   = $(ALL_CFLAGS) $(call pkg,--cflags,$(PKGS_TEST)) -iquote tests
TEST_LIBS     = $(ALL_LIBS) $(call pkg,--libs,$(PKGS_TEST)) -lutil
UNIT_TESTS   := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
E2E_TESTS    := $(patsubst tests/e2e/%.c,%,$(wildcard tests/e2e/*.c))
AFTER_TESTS  := $(patsubst tests/after/%.c,%,$(wildcard tests/after/*.c))
BENCHES      := $(patsubst tests/bench/%.c,%,$(wildcard tests/bench/*.c))

$(OBJ)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(call say,CC $<)
	$(Q)$(CC) $(CPPFLAGS) $(TEST_CFLAGS) -MMD -MP -c -o $@ $<

# What several tests share (tests/*.c): rigs and drivers.
TEST_LIB      := $(OBJ)/tests/libtests.a
TEST_SHARED   := $(patsubst tests/%.c,$(OBJ)/tests/%.o,$(wildcard tests/*.c))

$(TEST_LIB): $(TEST_SHARED)
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(OBJ)/tests/test_%: $(OBJ)/tests/unit/test_%.o $(TEST_LIB) $(LIB)
	$(call say,LINK $@)
	$(Q)$(CC) $(LDOPT) -o $@ $< $(TEST_LIB) $(LIB) $(TEST_LIBS)

$(OBJ)/tests/e2e/%: $(OBJ)/tests/e2e/%.o $(TEST_LIB) $(LIB)
	$(call say,LINK $@)
	$(Q)$(CC) $(LDOPT) -o $@ $< $(TEST_LIB) $(LIB) $(TEST_LIBS)

$(OBJ)/tests/after/%: $(OBJ)/tests/after/%.o $(TEST_LIB) $(LIB)
	$(call say,LINK $@)
	$(Q)$(CC) $(LDOPT) -o $@ $< $(TEST_LIB) $(LIB) $(TEST_LIBS)

# platformd as the tests' desks start it: it notes its statements.
TRACED        := $(OBJ)/tests/traced/platformd
$(TRACED): $(OBJ)/tests/traced/platformd.o $(LIB)
	$(call say,LINK $@)
	$(Q)$(CC) $(LDOPT) -o $@ $< $(LIB) $(TEST_LIBS)

$(OBJ)/tests/bench/%: $(OBJ)/tests/bench/%.o $(TEST_LIB) $(LIB)
	$(call say,LINK $@)
	$(Q)$(CC) $(LDOPT) -o $@ $< $(TEST_LIB) $(LIB) $(TEST_LIBS)

-include $(wildcard $(OBJ)/tests/*.d $(OBJ)/tests/*/*.d)

unit: $(UNIT_TESTS:%=$(OBJ)/tests/%) ## Builds the unit tests only (PROFILE=check: with sanitizers)

# The walks take longest, so they start first. ONLY="test_term walk_straight" picks some, and then nobody asks afterwards what all did.
ALL_TESTS     := $(E2E_TESTS:%=$(OBJ)/tests/e2e/%) $(UNIT_TESTS:%=$(OBJ)/tests/%)
TESTS         := $(if $(ONLY),$(filter $(ONLY:%=\%/%),$(ALL_TESTS)),$(ALL_TESTS))
AFTER        := $(if $(ONLY),,$(AFTER_TESTS:%=$(OBJ)/tests/after/%))
test-programs: all $(TRACED) $(TESTS) $(AFTER) $(BENCHES:%=$(OBJ)/tests/bench/%)

check: ## Installs what is missing, builds with sanitizers, runs every test, lists the test of each rule; last line "N passed, N failed"
	@$(MAKE) --no-print-directory packages NEEDS=test
	@$(MAKE) --no-print-directory -j$(JOBS) PROFILE=check test-programs
	@$(MAKE) --no-print-directory PROFILE=check check-run

check-run:
	@REGISTER=$(if $(ONLY),,1) sh tests/run.sh $(OBJ)/tests/log $(TESTS) $(if $(AFTER),-- $(AFTER))

screens: ## Walks and writes the whole expected screens in tests/screens anew: look at the diff
	@$(MAKE) --no-print-directory packages NEEDS=test
	@$(MAKE) --no-print-directory -j$(JOBS) PROFILE=check test-programs
	@SCREENS=write $(MAKE) --no-print-directory PROFILE=check check-run ONLY="$(filter walk_% people_% test_gallery,$(E2E_TESTS) $(UNIT_TESTS))"

bench: ## Measures the release build and prints one table: median, p99, target (about five minutes, 2 GB in the temporary folder)
	@$(MAKE) --no-print-directory packages NEEDS=test
	@$(MAKE) --no-print-directory -j$(JOBS) all $(BENCHES:%=$(OBJ)/tests/bench/%)
	@for part in bench judge pinyin import load; do $(OBJ)/tests/bench/$$part || exit 1; done

# ---------------------------------------------------------------- looking after the source
lint: ## Layers, banned functions, sizes, format, warnings, cppcheck (under two minutes)
	@$(MAKE) --no-print-directory packages NEEDS="test lint"
	@$(MAKE) --no-print-directory lint-run

lint-run: export LINT_CC = $(CC) -Werror $(CPPFLAGS) $(TEST_CFLAGS)
lint-run:
	@sh tests/lint/run.sh

format: ## Formats every C file as .clang-format says
	clang-format -i $(wildcard src/*.[ch] src/*/*.[ch] tests/*.[ch] tests/*/*.[ch])

# ---------------------------------------------------------------- packages
# Asks dpkg first, so a second call installs nothing, asks nothing and says nothing.
packages: ## Installs the Debian packages that are missing (as root, else with sudo)
	@missing=; for p in $(PACKAGES); do \
	    [ "$$(dpkg-query -W -f '$${Status}' $$p 2>/dev/null)" = "install ok installed" ] || missing="$$missing $$p"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	echo "These Debian packages are needed to build and run$(if $(NEEDS), ($(NEEDS))) and are missing:"; \
	echo "  $$missing"; \
	if [ "$$(id -u)" = 0 ]; then as=; \
	elif command -v sudo >/dev/null; then as=sudo; echo "Installing them with sudo, which may ask for your password."; \
	else echo "Please install them as root: apt-get install$$missing"; exit 1; fi; \
	$$as apt-get update -qq && \
	$$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null

# ---------------------------------------------------------------- trying it out
RUN := $(abspath $(BUILD))/run

run: ## Tries it out: embedded platform, demo people, forms printed to build/run/printed; leaves nothing running
	@$(MAKE) --no-print-directory packages
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@mkdir -p $(RUN)/stick $(RUN)/printed $(RUN)/printers $(RUN)/storage $(RUN)/runtime
	@cp src/platformd/demo/stick/* $(RUN)/stick/
	@printf 'kind = "folder";\nfolder = "%s";\nlabel = "文件夹";\n' $(RUN)/printed >$(RUN)/printers/folder.conf
	@LC_ALL=C.UTF-8 $(BIN)/kiosk --config kiosk.conf --set platform.url=embedded --set platform.demo=true \
	    --set platform.data=$(RUN)/platform --set terminal.may_quit=true --set photo.folder=$(RUN)/stick \
	    --set paths.printers=$(RUN)/printers --set printing.profile=folder --set paths.storage=$(RUN)/storage \
	    --set paths.runtime=$(RUN)/runtime --set paths.log=$(RUN)/kiosk.log
	@echo "What was printed is in $(RUN)/printed, the log in $(RUN)/kiosk.log."

# ---------------------------------------------------------------- installing
# kiosk finds kiosk-helper and platformd beside itself or in libexec, forms and printers in share.
SHARE   := $(DESTDIR)$(PREFIX)/share/graduation-kiosk
LIBEXEC := $(DESTDIR)$(PREFIX)/libexec/graduation-kiosk

install: all ## Installs programs, forms, printers, kiosk.conf and platformd.conf (DESTDIR, PREFIX, SYSCONF; settings are never overwritten)
	install -d $(DESTDIR)$(PREFIX)/bin $(LIBEXEC) $(SHARE) $(DESTDIR)$(SYSCONF)/graduation-kiosk
	install $(filter-out %-helper,$(PROGRAMS:%=$(BIN)/%)) $(DESTDIR)$(PREFIX)/bin
	install $(BIN)/kiosk-helper $(LIBEXEC)
	cp -R --no-preserve=ownership forms printers $(BIN)/lexicon.tsv $(SHARE)
	for conf in kiosk.conf src/platformd/platformd.conf; do \
	    [ -e $(DESTDIR)$(SYSCONF)/graduation-kiosk/$${conf##*/} ] || \
	        install -m 644 $$conf $(DESTDIR)$(SYSCONF)/graduation-kiosk || exit 1; done

uninstall: ## Takes away what install put there, except settings and data
	rm -f $(patsubst %,$(DESTDIR)$(PREFIX)/bin/%,$(filter-out %-helper,$(PROGRAMS)))
	rm -rf $(LIBEXEC) $(SHARE)

clean: ## Removes build/
	rm -rf $(BUILD)

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo "Variables: PROFILE=release|check  BUILD=folder  JOBS=n  CI=1 (warnings are errors)  V=1 (whole commands)  SWEEP=long (longer tests)  PREFIX  DESTDIR"

.PHONY: all unit test-programs check check-run screens bench lint lint-run format packages run install uninstall clean help
.SECONDARY:
