// Peers in C++: compiled by native.ts with -DPEER_BOOST, -DPEER_GSL or -DPEER_STD.
// Reads requests "region op keep" from standard input (op I or K), evaluates the first `count`
// points of <folder>/<region>-v and -x, answers with the seconds; with keep = 1 the logarithms are
// written to <folder>/native-result.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#if defined(PEER_BOOST)
#define BOOST_MATH_OVERFLOW_ERROR_POLICY ignore_error
#define BOOST_MATH_EVALUATION_ERROR_POLICY ignore_error
#define BOOST_MATH_DOMAIN_ERROR_POLICY ignore_error
#define BOOST_MATH_POLE_ERROR_POLICY ignore_error
#define BOOST_MATH_PROMOTE_DOUBLE_POLICY false
#include <boost/math/special_functions/bessel.hpp>
#include <boost/version.hpp>
static double log_i(double v, double x) { return std::log(boost::math::cyl_bessel_i(v, x)); }
static double log_k(double v, double x) { return std::log(boost::math::cyl_bessel_k(v, x)); }
static const char *version = BOOST_LIB_VERSION;
#elif defined(PEER_GSL)
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_bessel.h>
#include <gsl/gsl_version.h>
static double log_i(double v, double x) {
  gsl_sf_result r;
  if (gsl_sf_bessel_Inu_scaled_e(v, x, &r)) return NAN;
  return std::log(r.val) + x;
}
static double log_k(double v, double x) {
  gsl_sf_result r;
  return gsl_sf_bessel_lnKnu_e(v, x, &r) ? NAN : r.val;
}
static const char *version = GSL_VERSION;
#else
static double log_i(double v, double x) { return std::log(std::cyl_bessel_i(v, x)); }
static double log_k(double v, double x) { return std::log(std::cyl_bessel_k(v, x)); }
static const char *version = __VERSION__;
#endif

static double guarded(double (*f)(double, double), double v, double x) {
  try {
    return f(v, x);
  } catch (...) {
    return NAN;
  }
}

static std::vector<double> load(const std::string &path, size_t count) {
  std::vector<double> out(count);
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char *>(out.data()), count * sizeof(double));
  return out;
}

int main(int, char **argv) {
#if defined(PEER_GSL)
  gsl_set_error_handler_off();
#endif
  const std::string folder = argv[1];
  const size_t count = std::stoul(argv[2]);
  std::printf("%s\n", version);
  std::fflush(stdout);
  std::string region, op;
  int keep;
  while (std::cin >> region >> op >> keep) {
    const auto v = load(folder + "/" + region + "-v", count);
    const auto x = load(folder + "/" + region + "-x", count);
    std::vector<double> out(count);
    const auto f = op == "I" ? log_i : log_k;
    const auto begin = std::chrono::steady_clock::now();
    for (size_t i = 0; i < count; i++) out[i] = guarded(f, v[i], x[i]);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (keep) {
      std::ofstream file(folder + "/native-result", std::ios::binary);
      file.write(reinterpret_cast<const char *>(out.data()), count * sizeof(double));
    }
    std::printf("%.9g\n", took.count());
    std::fflush(stdout);
  }
}
