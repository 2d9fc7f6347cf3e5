// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/cli_call.h"

#include "core/wire/changes.h"

#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <concepts>
#include <map>
#include <string>

namespace headlens {
namespace {

// What is as usual is left out.
class Call {
public:
    void add(const char* option, const QString& value)
    {
        if (value.startsWith(QLatin1Char('-'))) // else it would be read as an option
            words << QStringLiteral("--%1=%2").arg(QLatin1String(option), value);
        else
            words << QStringLiteral("--") + QLatin1String(option) << value;
    }
    void unless(const char* option, const QString& value, const QString& usual)
    {
        if (value != usual) add(option, value);
    }
    void unless(const char* option, const std::string& value, const char* usual)
    {
        unless(option, QString::fromStdString(value), QString::fromLatin1(usual));
    }
    template <std::integral Number>
    void unless(const char* option, Number value, Number usual)
    {
        unless(option, QString::number(value), QString::number(usual));
    }
    void unless(const char* option, double value, double usual)
    {
        if (value != usual) add(option, QString::number(value, 'g', QLocale::FloatingPointShortest));
    }
    void flag(const char* option, bool on)
    {
        if (on) words << QStringLiteral("--") + QLatin1String(option);
    }
    void pairs(const char* option, const std::map<std::string, std::string>& values)
    {
        for (const auto& [name, value] : values)
            add(option, QStringLiteral("%1=%2").arg(QString::fromStdString(name), QString::fromStdString(value)));
    }

    QStringList words;
};

void addInput(Call& call, const InputState& input, bool reads)
{
    const RunRequest& request = input.request;
    call.unless("image", input.picture, QString());
    call.flag("allow-cut", input.takesCut);
    call.unless("fit", request.fit, QStringLiteral("trained"));
    call.unless("mask-ratio", request.maskRatio, -1.0);
    call.unless("mask-seed", request.maskSeed, quint64(0));
    for (const verbs::HeadAddress& head : request.text.ablated)
        call.add("silence", QStringLiteral("%1.%2").arg(head.layer).arg(head.head));
    for (const verbs::Change& change : request.changes) call.add("change", QString::fromStdString(textOf(change)));
    call.pairs("switch", request.switches);
    if (!reads) return;
    const verbs::SetInput asked = [&] { // the labels in the order in which the engine gets them
        verbs::ModelInfo model;
        model.text.reads = true;
        model.text.chat = "as the model's";
        return request.forModel(model, {}, false);
    }();
    call.unless("text", asked.text, "");
    call.unless("pair", asked.pair, "");
    call.unless("written", asked.written, "");
    for (const std::string& candidate : asked.candidates) call.add("candidate", QString::fromStdString(candidate));
    for (const int token : asked.hiddenTokens) call.add("hide", QString::number(token));
    call.flag("chat", asked.chat);
    call.unless("system", asked.system, "");
    call.unless("cut-from", asked.cutFrom, "end");
}

void addBaseline(Call& call, const InputState& input, const CliFigure& figure)
{
    if (std::ranges::none_of(input.request.changes, takesHeld)) return;
    call.unless("baseline-image", figure.baselineImage, QString());
    call.unless("baseline-text", figure.baselineText, QString());
}

void addLook(Call& call, const CliFigure& figure)
{
    const verbs::Export &look = figure.look, usual;
    call.add("what", QString::fromStdString(look.what));
    call.pairs("param", look.settings);
    call.add("format", QString::fromStdString(look.format));
    const bool ofHead = figure.over == QLatin1String("head"), ofLayer = ofHead || figure.over == QLatin1String("layer");
    if (ofLayer) call.add("layer", QString::number(look.layer));
    if (ofHead)
        call.add("head",
                 look.fusion == usual.fusion ? QString::number(look.head) : QString::fromStdString(look.fusion));
    call.add("query", QString::number(look.token));
    call.unless("target", look.score.target, usual.score.target);
    call.unless("against", look.score.against, usual.score.against);
    call.unless("token", look.score.token, usual.score.token);
    call.unless("of-candidate", look.score.candidate, usual.score.candidate);
    call.flag("reverse", look.reverse);
    call.unless("colormap", look.colormap, usual.colormap.c_str());
    call.unless("opacity", look.opacity, usual.opacity);
    call.unless("scale", look.scale, usual.scale.c_str());
    call.unless("mass", look.keepMass, usual.keepMass);
    call.unless("recipe", look.recipe, usual.recipe.c_str());
    call.flag("log", look.logarithmic);
    call.flag("smooth", look.smooth);
}

} // namespace

QStringList cliArguments(const WorkState& state, const CliFigure& figure)
{
    Call call;
    call.words << QStringLiteral("export");
    call.add("model", state.model.path);
    call.pairs("set", state.model.settings);
    call.unless("precision", figure.precision, QStringLiteral("float32"));
    addInput(call, state.input, figure.reads);
    addBaseline(call, state.input, figure);
    addLook(call, figure);
    call.add("out", figure.out);
    return call.words;
}

// Quotes stop everything but a quote itself, which is written between two pairs of them.
QString shellLine(const QStringList& words)
{
    static const QRegularExpression kPlain(QStringLiteral("^[A-Za-z0-9_./:=,+@%-]+$"));
    QStringList quoted{QStringLiteral("headlens-cli")};
    for (QString word : words)
        quoted << (kPlain.match(word).hasMatch()
                       ? word
                       : QLatin1Char('\'') + word.replace(QLatin1Char('\''), QStringLiteral("'\\''")) +
                             QLatin1Char('\''));
    return quoted.join(QLatin1Char(' '));
}

} // namespace headlens
