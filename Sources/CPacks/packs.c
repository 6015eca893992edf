#include "CPacks.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// The texts stay files of their own; the compiler copies their bytes, so that using one costs no file at run time.
static const unsigned char rpjmd[] = {
#embed "../../packs/rpjmd.plan"
};
static const unsigned char mandatory_spending[] = {
#embed "../../packs/belanja-wajib.plan"
};
static const unsigned char shifts[] = {
#embed "../../packs/pergeseran.plan"
};
static const unsigned char nomenclature[] = {
#embed "../../packs/nomenklatur.plan"
};
static const unsigned char smart_city[] = {
#embed "../../packs/smart-city.plan"
};

static const unsigned char titles[] = {
#embed "../../packs/nomenklatur.csv"
};

static const planlang_pack packs[] = {
    {"rpjmd", rpjmd, sizeof rpjmd},
    {"belanja-wajib", mandatory_spending, sizeof mandatory_spending},
    {"pergeseran", shifts, sizeof shifts},
    {"nomenklatur", nomenclature, sizeof nomenclature},
    {"smart-city", smart_city, sizeof smart_city},
};

int planlang_pack_count(void) { return sizeof packs / sizeof packs[0]; }

planlang_pack planlang_nomenclature(void) { return (planlang_pack){"nomenklatur.csv", titles, sizeof titles}; }

planlang_pack planlang_pack_at(int place) {
  if (place < 0 || place >= planlang_pack_count()) return (planlang_pack){"", rpjmd, 0};
  return packs[place];
}
