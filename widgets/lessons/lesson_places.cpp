// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lessons/lesson_places.h"

#include "core/base/error.h"

#include <algorithm>

namespace headlens {

LessonPlaces::Found LessonPlaces::find(const std::string& text) const
{
    const Address address = parseAddress(text);
    int asking = -1, answering = -1;
    if (address.block >= 0) {
        if (address.block >= int(m_input().blocks.size()) || address.block >= int(m_model->blocks.size()))
            throw Error(ErrorCode::BadRequest, "block " + std::to_string(address.block), "is not in this model");
        if (address.head >= m_model->blocks[std::size_t(address.block)].heads)
            throw Error(ErrorCode::BadRequest, "head " + std::to_string(address.head), "is not in this block");
        asking = m_input().blocks[std::size_t(address.block)].queryStream;
        answering = m_input().blocks[std::size_t(address.block)].keyStream;
    }
    Found found{address, placeOf(address.row, *m_model, m_input(), asking), {}};
    if (address.column) found.column = placeOf(*address.column, *m_model, m_input(), answering);
    return found;
}

void LessonPlaces::hover(const std::string& address) const
{
    if (address.empty()) return m_tokens->leave();
    try {
        const Found found = find(address);
        m_tokens->hover(found.row);
    } catch (const Error&) { // the tooltip says why
    }
}

void LessonPlaces::choose(const std::string& address) const
{
    try {
        const Found found = find(address);
        if (found.address.block >= 0) {
            m_heads->setLayer(found.address.block);
            if (found.address.head >= 0)
                m_heads->setHead(found.address.head);
            else
                m_heads->setFusion(HeadFusion::Mean);
        }
        // The same token again would let go of it.
        if (!m_tokens->isPinned() || m_tokens->query() != found.row) m_tokens->pin(found.row);
        if (found.column) m_tokens->hover(*found.column);
    } catch (const Error&) { // the tooltip says why
    }
}

void LessonPlaces::emphasise(const std::vector<std::string>& addresses, std::optional<HeadPlace> revealed) const
{
    QList<HeadPlace> places;
    for (const std::string& text : addresses)
        if (const Address address = parseAddress(text); address.block >= 0)
            places.append({address.block, address.head});
    const auto isRevealed = [&](const HeadPlace& place) {
        return place.layer == revealed->layer && (place.head == revealed->head || place.head < 0);
    };
    if (revealed && !places.isEmpty() && std::ranges::none_of(places, isRevealed)) places = {*revealed};
    m_emphasis->set(places);
}

QString LessonPlaces::explained(const std::string& text) const
{
    try {
        const Found found = find(text);
        QString row = nameOf(found.address.row);
        if (found.address.block < 0) return row;
        const QString head = found.address.head < 0 ? tr("all heads") : tr("head %1").arg(found.address.head);
        const QString where = tr("layer %1, %2, %3").arg(QString::number(found.address.block), head, row);
        return found.address.column ? tr("%1 looks at %2").arg(where, nameOf(*found.address.column)) : where;
    } catch (const Error& problem) {
        return tr("This leads nowhere in the run that is shown: %1").arg(QString::fromUtf8(problem.what()));
    }
}

bool LessonPlaces::isChosen(const std::map<std::string, std::string>& wanted) const
{
    return std::ranges::all_of(wanted, [this](const auto& wish) {
        const auto& [what, value] = wish;
        if (what == "layer") return std::to_string(m_heads->layer()) == value;
        if (what == "head") return std::to_string(m_heads->head()) == value;
        return what != "token" || isChosenToken(value);
    });
}

bool LessonPlaces::isChosenToken(const std::string& name) const
{
    try {
        // Where the name has no stream: in the one that is looked at.
        return m_tokens->query() == placeOf(parseToken(name), *m_model, m_input(), m_tokens->query().stream);
    } catch (const Error&) {
        return false;
    }
}

QString LessonPlaces::nameOf(const TokenName& token)
{
    QString name;
    switch (token.kind) {
    case TokenName::Kind::Class: name = tr("the class token"); break;
    case TokenName::Kind::Last: name = tr("the last token"); break;
    case TokenName::Kind::Word: name = tr("the word “%1”").arg(QString::fromStdString(token.word)); break;
    case TokenName::Kind::Patch: name = tr("the patch in row %1, column %2").arg(token.number).arg(token.column); break;
    case TokenName::Kind::Number: name = tr("token %1").arg(token.number); break;
    }
    if (token.stream == "encoder") return tr("%1 of the encoder").arg(name);
    if (token.stream == "decoder") return tr("%1 of the decoder").arg(name);
    if (token.stream == "text") return tr("%1 of the text").arg(name);
    if (token.stream == "vision") return tr("%1 of the picture").arg(name);
    if (token.stream == "latents") return tr("%1 of the latents").arg(name);
    return name;
}

QString LessonPlaces::names(const std::map<std::string, std::string>& wanted)
{
    QStringList parts;
    if (const auto layer = wanted.find("layer"); layer != wanted.end())
        parts << tr("layer %1").arg(QString::fromStdString(layer->second));
    if (const auto head = wanted.find("head"); head != wanted.end())
        parts << tr("head %1").arg(QString::fromStdString(head->second));
    if (const auto token = wanted.find("token"); token != wanted.end()) {
        try {
            parts << nameOf(parseToken(token->second));
        } catch (const Error&) { // readLesson() let none such through
        }
    }
    return parts.join(tr(", "));
}

} // namespace headlens
