// SPDX-License-Identifier: GPL-3.0-or-later
// What to download and how: commands for a terminal, copied by a click. HeadLens itself never goes online.
#pragma once

#include "widgets/start/section.h"

namespace headlens {

class GetSection final : public Section {
    Q_OBJECT
public:
    explicit GetSection(QWidget* parent = nullptr);

Q_SIGNALS:
    void copied(const QString& command);

protected:
    void retranslate() override;

private:
    void copy(int row);
};

} // namespace headlens
