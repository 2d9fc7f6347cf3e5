// SPDX-License-Identifier: GPL-3.0-or-later
// Reads one JSON object of the description of a figure, key by key: what is absent keeps its value, what is of the
// wrong kind, too long or out of range is an Error(BadConfig) that names it.
#pragma once

#include "core/wire/safe_json.h"
#include "widgets/figure/figure_spec.h"

#include <initializer_list>
#include <string>

namespace headlens {

// Names of colour maps that a figure can have.
QStringList figurePalettes();
std::vector<std::string> stringsOf(const QStringList& texts);

class FigureFields {
public:
    // `json` must outlive the reader; `where` is how a refusal calls it.
    FigureFields(const Json& json, std::string where);

    void only(std::initializer_list<const char*> keys) const; // no key but these
    void take(const char* key, bool& value) const;
    void take(const char* key, int& value, int low, int high) const;
    void take(const char* key, double& value, double low, double high) const;
    void take(const char* key, quint64& value) const;
    void take(const char* key, QString& value, int longest) const;
    void take(const char* key, QString& value, const QStringList& choices) const;
    void take(const char* key, QStringList& value, int most, int longest) const;
    void take(const char* key, std::vector<int>& value, int most) const;
    void take(const char* key, std::map<std::string, std::string>& value) const;
    void take(const char* key, std::map<std::string, std::map<std::string, std::string>>& value) const;
    void take(const char* key, QList<std::pair<int, int>>& value) const;
    template <class Enum>
    void take(const char* key, Enum& value) const
    {
        QStringList ids;
        for (const auto& one : figureNames(value)) ids << QString::fromLatin1(one.id);
        QString id;
        take(key, id, ids);
        if (!id.isEmpty()) value = figureNames(value)[std::size_t(ids.indexOf(id))].value;
    }
    FigureFields part(const char* key) const; // an object; empty when absent
    std::vector<FigureFields> list(const char* key, int most) const;

    [[noreturn]] void refuse(const std::string& why) const;

private:
    const Json* find(const char* key) const; // null: absent
    const Json& array(const char* key, const Json& value, std::size_t most) const;
    QString text(const char* key, const Json& value, int longest) const;
    void require(bool good, const char* key, const char* what) const;

    const Json* m_json;
    std::string m_where;
};

} // namespace headlens
